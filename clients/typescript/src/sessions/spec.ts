/** What the items of a channel or a port are. */
export type ChannelType = "JSON" | "Image" | "Video" | "File";

/** What an item says of itself beside its content. */
export interface Envelope {
  /** Which items it belongs to; 256 characters. What engines write while they process it has the same, unless they give another. */
  readonly key?: string;
  /** Words about it: 16, each once, of 64 characters. */
  readonly tags?: readonly string[];
  /** Small facts about it; 4,096 bytes. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Of a channel that clients write while the session runs. */
export interface ExternalInput {
  /** `in`: clients write it, no engine does, and it has no start data. */
  readonly external: "in";
  /** What clients write is kept as long as the session, and each attempt gets it again; required beside `retry`. False unless given. */
  readonly record?: boolean;
  /** How many seconds after a writer's last call clients count as lost, 1 to 86,400; 60 unless given. */
  readonly writerTimeoutSeconds?: number;
  /** What becomes of it then: it ends, or the session fails. `end` unless given. */
  readonly onWriterLost?: "end" | "fail";
}

/** Of a channel that clients listen to while the session runs. */
export interface ExternalOutput {
  readonly external: "out";
}

/** An edge of the DAG. */
export type ChannelSpec = {
  /** Unique in the session. */
  readonly name: string;
  readonly type: ChannelType;
  /** What is written to it is kept as results, and can be listened to from the first item on. False unless given. */
  readonly interested?: boolean;
  /** `every`: a slow reader slows the writers; `latest`: it gets the newest when it is ready. `every` unless given. */
  readonly delivery?: "every" | "latest";
} & (ExternalInput | ExternalOutput | { readonly external?: never });

/** Links a port of an engine to a channel. */
export interface Link {
  /** The engine's own name of the port. */
  readonly name: string;
  readonly linkTo: string;
  /** That of the port and of the channel; may be left out. */
  readonly type?: ChannelType;
}

/** One engine's part in a session. */
export interface NodeSpec {
  /** Which engine. */
  readonly id: string;
  /** Unique in the session; the engine's id unless given. */
  readonly name?: string;
  readonly inputs?: readonly Link[];
  readonly outputs?: readonly Link[];
}

/** An item to feed in once all engines are ready. */
export interface StartData extends Envelope {
  /** A channel that neither engines nor clients write. */
  readonly channelName: string;
  /** JSON for a JSON channel; else base64, a `data:` URL, `{mediaType, data}` or `{blob}`. */
  readonly payload: unknown;
}

/** Whom to call about what happens. */
export interface WebhookSpec {
  /** `finish`, `sessionStatusChanged`, or an engine's own types. */
  readonly statusTypes: readonly string[];
  readonly callbackUrl: string;
  readonly callbackHeader?: Readonly<Record<string, string>>;
  /** The interested channel whose results the body carries; all unless given. */
  readonly resultChan?: string;
  /** The name of one of the operator's secrets to sign with. */
  readonly secret?: string;
}

/** What both kinds of session say. */
export interface SessionSettings {
  readonly webhooks?: readonly WebhookSpec[];
  /** Higher is served first; 0 unless given. */
  readonly rank?: number;
  /** How many seconds it may take from when it first has its slots; a day unless given. */
  readonly maxDurationSeconds?: number;
  /** Runs again after an engine failed or was lost: further attempts, 0 to 100, and seconds before each. Never unless given. */
  readonly retry?: { readonly attempts: number; readonly backoffSeconds?: number };
  /** Keeps what happens to it, which `events` tells. False unless given. */
  readonly events?: boolean;
  /** What becomes of it when one of its engines is stopped; `fail` unless given. */
  readonly onNodeStopped?: "fail" | "continue";
}

/** A DAG of engines to run. */
export interface SessionSpec extends SessionSettings {
  readonly dataChannels?: readonly ChannelSpec[];
  readonly engines: readonly NodeSpec[];
  readonly startData?: readonly StartData[];
}

/** One engine to run: its ports are the channels. */
export interface EngineSpec extends SessionSettings {
  readonly engineId: string;
  /** By input port, what is fed in: a payload, or what clients write. */
  readonly inputs?: Readonly<Record<string, { readonly type: ChannelType } & ((Envelope & { readonly payload?: unknown; readonly external?: never }) | ExternalInput)>>;
  /** By output port, what is done with what comes out. */
  readonly outputs?: Readonly<Record<string, { readonly type: ChannelType; readonly interested?: boolean; readonly external?: "out" }>>;
  /** The outputs whose results are kept; those that say `interested` unless given. */
  readonly resultChannels?: readonly string[];
}
