import { DESCRIBED_VERSION } from '../src/core/lint/finding.ts';
import { MAX_METADATA } from '../src/core/requests/grading-keys.ts';
import { CUSTOM_ID, type WrapperKey } from '../src/core/requests/validate-line.ts';
import { assertDefinitions } from './assert-schema.ts';
import { paramsForEditors } from './params-for-editors.ts';
import { headOf, refTo, type Schema } from './schema-parts.ts';
import type { Node } from './sharpen-schema.ts';

/** The schema of a line of a request file. `judged`: the schema that the lint checks the shape of params with. */
export function requestSchema(judged: Node): Schema {
  const { params, definitions } = paramsForEditors(judged);
  const keys: Record<WrapperKey, Schema> = {
    custom_id: {
      type: 'string',
      pattern: CUSTOM_ID.source,
      description: 'ID of the request, unique across all files: 1 to 64 of the characters A-Z a-z 0-9 _ -.',
    },
    params: {
      ...params,
      description:
        'Body of POST /v1/messages. default-params and override-params of the workflow are merged with it before it is sent.',
    },
    assert: {
      type: 'array',
      items: refTo('assert'),
      description: 'Checks of the answer. Taken off before submission, and not graded yet.',
    },
    threshold: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'Weighted mean of the scores of all asserts that is needed. Without it, no assert may fail.',
    },
    required: {
      type: 'boolean',
      description: 'Whether this case has to pass, whatever the others do.',
    },
    metadata: {
      type: 'object',
      maxProperties: MAX_METADATA.members,
      propertyNames: { minLength: 1, maxLength: MAX_METADATA.name },
      additionalProperties: { type: ['string', 'number', 'boolean', 'null'], maxLength: MAX_METADATA.text },
      description: 'Labels of the case, such as its topic, by which the report has rows. Not sent.',
    },
  };
  return {
    ...headOf(
      'request.schema.json',
      'Request of a Claude batch',
      `A line of a request file. Parameters are those of API version ${DESCRIBED_VERSION}, without betas and before any merge.`,
    ),
    type: 'object',
    required: ['custom_id', 'params'],
    properties: keys,
    additionalProperties: false,
    definitions: { ...assertDefinitions(), ...definitions },
  };
}
