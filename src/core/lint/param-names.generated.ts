// Made by scripts/params-schema.ts from the types of @anthropic-ai/sdk: do not edit.

/** What a request takes. */
export const KNOWN_PARAMS: ReadonlySet<string> = new Set(["cache_control","container","diagnostics","inference_geo","max_tokens","messages","metadata","model","output_config","service_tier","speed","stop_sequences","stream","system","thinking","tool_choice","tools"]);

/** What a request takes besides under betas. */
export const BETA_PARAMS: ReadonlySet<string> = new Set(["billing_policy","compaction","context_management","fallback_credit_token","fallbacks","mcp_servers","output_format","thread"]);

/** What the counting of tokens takes. */
export const COUNTED_PARAMS: ReadonlySet<string> = new Set(["cache_control","messages","model","output_config","speed","system","thinking","tool_choice","tools"]);

/** What the counting takes besides under betas. */
export const COUNTED_BETA_PARAMS: ReadonlySet<string> = new Set(["billing_policy","compaction","context_management","mcp_servers","output_format"]);
