/** What `params` of a request may hold, in the words of the API's client: the roots of what `scripts/params-schema.ts` makes. */
import type {
  MessageCountTokensParams as BetaCountTokensParams,
  MessageCreateParamsNonStreaming as BetaCreateParams,
} from '@anthropic-ai/sdk/resources/beta/messages';
import type { MessageCountTokensParams, MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';

/** One property for each call; only its types count. */
export interface ParamsShapes {
  create: MessageCreateParamsNonStreaming;
  count: MessageCountTokensParams;
}

/** The same calls under betas, which add params of their own. */
export interface BetaParamsShapes {
  create: BetaCreateParams;
  count: BetaCountTokensParams;
}
