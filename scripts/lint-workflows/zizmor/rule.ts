import type { Node } from 'yaml';
import type { Workflow } from '../workflow.ts';

/** A place, and what is wrong there. */
export interface Spot {
  readonly at: Node;
  readonly says: string;
}

/**
 * One of zizmor's audits as far as it can be made without a network. It has zizmor's name for it, so that one comment
 * (`# zizmor: ignore[name]`) turns off both.
 */
export interface Rule {
  readonly name: string;
  /** Only for the workflows of this repository: it is one of zizmor's pedantic audits. */
  readonly pedantic?: true;
  find(workflow: Workflow): readonly Spot[];
}
