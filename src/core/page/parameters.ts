import { memberOf } from '../text/member.ts';
import type { TextPart } from './text-part.ts';
import { isNested, lengthText, valueText } from './value-text.ts';

/**
 * What a request asks for beside its messages and its system prompt, as text to read: what fits on a line first, then each
 * longer one under its name. Tokens of MCP servers are not shown, also
 * where they stand in an address. Null where there is nothing.
 */
export function parameterParts(params: unknown): readonly TextPart[] | null {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return null;
  const members = Object.entries(params).filter(([name]) => name !== 'messages' && name !== 'system');
  const short = members.filter(([, value]) => !isNested(value));
  const long = members.filter(([, value]) => isNested(value));
  const parts = [
    ...(short.length === 0 ? [] : [{ names: [], text: valueText(Object.fromEntries(short)), rank: 0 }]),
    ...long.map(([name, value]) => ({
      names: [name],
      text: valueText(name === 'mcp_servers' ? withoutTokens(value) : value),
      rank: 1,
    })),
  ];
  return parts.length === 0 ? null : parts;
}

function withoutTokens(servers: unknown): unknown {
  if (!Array.isArray(servers)) return servers;
  return servers.map((server: unknown) => {
    if (typeof server !== 'object' || server === null) return server;
    const token = memberOf(server, 'authorization_token');
    const url = memberOf(server, 'url');
    return {
      ...server,
      ...(typeof token === 'string' ? { authorization_token: lengthText(token) } : {}),
      ...(typeof url === 'string' ? { url: url.replace(/[?#].*/s, (query) => `${query[0]}${lengthText(query)}`) } : {}),
    };
  });
}
