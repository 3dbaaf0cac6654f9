import { printPageText } from '../messages/page.ts';
import { isJsonObject, memberOf } from '../text/json.ts';

/** Levels of JSON to indent: much deeper ones would be mostly spaces. */
const MAX_DEPTH = 20;
/** Base64 and signatures longer than this mean nothing to people. */
const MAX_OPAQUE = 200;

/** JSON indented by two spaces, without long files and signatures. */
export function printJson(value: unknown): string {
  try {
    return JSON.stringify(value, elideOpaque, isDeeper(value, MAX_DEPTH) ? 0 : 2);
  } catch (error) {
    // V8 serializes nested values by recursion and fails at a few thousand levels.
    if (error instanceof RangeError) return printPageText({ code: 'nested-too-deeply' });
    throw error;
  }
}

/**
 * A request's params except messages and system prompt, as JSON; null if there are none. Hides tokens of MCP servers, and the queries of
 * their addresses, which may contain one.
 */
export function parametersText(params: unknown): string | null {
  if (!isJsonObject(params)) return null;
  const members = Object.entries(params).filter(([name]) => name !== 'messages' && name !== 'system');
  const shown = members.map(([name, value]) => [name, name === 'mcp_servers' ? withoutTokens(value) : value]);
  return shown.length === 0 ? null : printJson(Object.fromEntries(shown));
}

function withoutTokens(servers: unknown): unknown {
  if (!Array.isArray(servers)) return servers;
  return servers.map((server: unknown) => {
    const token = memberOf(server, 'authorization_token');
    const url = memberOf(server, 'url');
    if (typeof server !== 'object' || server === null) return server;
    return {
      ...server,
      ...(typeof token === 'string' ? { authorization_token: elide(token) } : {}),
      ...(typeof url === 'string' ? { url: url.replace(/[?#].*/s, (query) => `${query[0]}${elide(query)}`) } : {}),
    };
  });
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

/** Leaves out values that only programs can read. */
function elideOpaque(this: unknown, name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MAX_OPAQUE) return value;
  const type = memberOf(this, 'type');
  const isOpaque =
    (name === 'data' && (type === 'base64' || type === 'redacted_thinking')) ||
    (name === 'signature' && type === 'thinking') ||
    name.startsWith('encrypted_');
  return isOpaque ? elide(value) : value;
}

function elide(text: string): string {
  return printPageText({ code: 'elided', characters: text.length });
}
