/** Whether a text from the API or a record can be a workspace's ID, so that it is safe to show. */
export function isWorkspaceId(text: string): boolean {
  return /^[\w-]{1,100}$/.test(text);
}
