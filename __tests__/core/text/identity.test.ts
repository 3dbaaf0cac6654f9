import { expect, test } from '@jest/globals';
import { unsignedJwt } from '../../../simulator/results/token.ts';
import { identityOf } from '../../../src/core/text/identity.ts';

const IDS = { repository_owner_id: '1', repository_id: '2' };

test.each([
  ['repo:o/r:ref:refs/heads/main', IDS, 'repo:o@1/r@2:ref:refs/heads/main'],
  ['repo:o@1/r@2:ref:refs/heads/main', IDS, 'repo:o/r:ref:refs/heads/main'],
  ['repo:o@1/r@2:environment:a:b', {}, 'repo:o/r:environment:a:b'],
  ['repo:o/r:pull_request', {}, undefined],
  ['repo:o@1/r:pull_request', IDS, undefined],
  ['repository_owner:o:workflow:x', IDS, undefined],
  ['repo:o/r', IDS, undefined],
])('the other form of %s with %j is %s', (subject, more, otherSubject) => {
  expect(identityOf(unsignedJwt({ sub: subject, aud: 'a', ...more }))).toEqual({
    subject,
    audience: 'a',
    otherSubject,
  });
});

test.each([
  [['a', 'b'], 'a, b'],
  [['a', 1], 'a'],
  [undefined, ''],
])('the audience %j is told as %s', (aud, audience) => {
  expect(identityOf(unsignedJwt({ sub: 's', aud }))?.audience).toBe(audience);
});

test('what a branch is called stays on one line of limited length', () => {
  const subject = `repo:o/r:ref:refs/heads/a\n::error::b\u202e${'x'.repeat(400)}`;
  const identity = identityOf(unsignedJwt({ sub: subject, aud: 'a\nb', ...IDS }));
  expect(identity).toMatchObject({
    subject: expect.stringMatching(/^repo:o\/r:ref:refs\/heads\/a ::error::b�x+…$/),
    audience: 'a b',
  });
  expect(identity?.otherSubject).toMatch(/^repo:o@1\/r@2:ref:refs\/heads\/a ::error::b�x+…$/);
  expect(identity?.subject).toHaveLength(300);
});

test.each(['', 'x', 'a.b.c', unsignedJwt({ aud: 'a' }), unsignedJwt({ sub: 1 })])('%s says nothing', (token) => {
  expect(identityOf(token)).toBeUndefined();
});
