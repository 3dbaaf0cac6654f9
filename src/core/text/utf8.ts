/** Decodes these bytes without copying them. */
export function utf8Of(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Without an encoding argument, none needs to be looked up.
  return buffer.toString();
}
