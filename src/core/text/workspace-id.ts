/** Whether a text of the API or of a record can be the ID of a workspace, so that people can be shown it. */
export function isWorkspaceId(text: string): boolean {
  return /^[\w-]{1,100}$/.test(text);
}
