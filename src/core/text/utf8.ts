/** The text of these bytes, which are not copied. */
export function utf8Of(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Without a name of an encoding, none is looked up.
  return buffer.toString();
}
