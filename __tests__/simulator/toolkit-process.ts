/** The other end of toolkit.ts: GitHub's own clients, in a process whose environment is the test's. */
import { DefaultArtifactClient } from '@actions/artifact';
import { restoreCache, saveCache } from '@actions/cache';
import { getIDToken } from '@actions/core';
import { getOctokit } from '@actions/github';
import type { Calls } from './toolkit.ts';

const artifacts = new DefaultArtifactClient();

const calls: Calls = {
  upload: ({ name, files, root, options }) => artifacts.uploadArtifact(name, files, root, options ?? {}),
  list: ({ findBy }) => artifacts.listArtifacts(findBy === undefined ? {} : { findBy }),
  get: ({ name, findBy }) => artifacts.getArtifact(name, findBy === undefined ? {} : { findBy }),
  download: ({ id, path, findBy, expectedHash }) =>
    artifacts.downloadArtifact(id, {
      path,
      ...(findBy === undefined ? {} : { findBy }),
      ...(expectedHash === undefined ? {} : { expectedHash }),
    }),
  remove: ({ name }) => artifacts.deleteArtifact(name),
  save: ({ path, key }) => saveCache([path], key),
  restore: ({ path, key, restoreKeys }) => restoreCache([path], key, restoreKeys),
  identity: ({ audience }) => getIDToken(audience),
  request: async ({ token, route, parameters }) => {
    try {
      const { status, headers, data } = await getOctokit(token).request(route, parameters);
      return { status, headers: headers as Record<string, string>, data };
    } catch (error) {
      const { response } = error as { response?: { status: number; headers: Record<string, string>; data: unknown } };
      if (response === undefined) throw error;
      return response;
    }
  },
  paginate: ({ token, route, parameters }) => getOctokit(token).paginate(route, parameters),
  graphql: ({ token, query }) => getOctokit(token).graphql(query),
};

process.on('message', async (message: { call: keyof Calls; input: never; env: Record<string, string> }) => {
  Object.assign(process.env, message.env);
  try {
    process.send?.({ value: await calls[message.call](message.input) });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) });
  }
});
