import type { ChannelType } from "./spec.js";

/** The last three are final, and never change. */
export type SessionStatus = "pending" | "queuing" | "processing" | "stopping" | "finished" | "failed" | "canceled";

/** One engine's part in a session, as it stands. */
export interface Node {
  readonly name: string;
  readonly id: string;
  readonly status: "waiting" | "preparing" | "ready" | "finished" | "failed" | "canceled";
  readonly instance?: string;
  readonly error?: string;
  readonly items_read?: number;
  readonly items_written?: number;
  readonly items_dropped?: number;
  readonly stop_requested?: boolean;
}

/** Where a session stands, as docs/api.md has it. Times are ISO 8601. */
export interface Process {
  readonly status: SessionStatus;
  /** Its place among those that wait, 1 for the next; 0 where it does not wait. */
  readonly current_position: number;
  readonly total_pending: number;
  readonly total_queuing: number;
  /** Why it failed or was canceled. */
  readonly reason?: string;
  readonly engines: readonly Node[];
  /** The engines that it lacks slots of. */
  readonly waits_for?: readonly { readonly engine: string; readonly lacking_slots: number; readonly needed_slots: number; readonly slots: number; readonly instances: number; readonly tenant_slots?: number }[];
  readonly submitted_at: string;
  readonly ended_at?: string;
  /** The running or last attempt, from 1. */
  readonly attempt: number;
  readonly former_attempts?: readonly { readonly attempt: number; readonly reason: string; readonly ended_at: string }[];
}

/** Something to know of a session that does not make it fail. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly node?: string;
}

/** A channel that clients write or listen to. */
export interface ExternalChannel {
  readonly type: ChannelType;
  readonly direction: "in" | "out";
  readonly url: string;
}

/** A session as it was answered. */
export interface Session {
  readonly id: string;
  readonly status: SessionStatus;
  /** Whether the status is final. */
  readonly ended: boolean;
  readonly process: Process;
  /** By interested channel, its items so far, up to 16 MB of all together: JSON values, and objects for bytes. `results` has all of a channel. */
  readonly results: Readonly<Record<string, readonly unknown[]>>;
  /** Where `results` was cut: how many items a channel has, and the offset to go on at. */
  readonly paging: Readonly<Record<string, { readonly offset: number; readonly total: number; readonly next: number | null }>>;
  readonly warnings: readonly Warning[];
  /** The channels that clients write or listen to. */
  readonly channels: Readonly<Record<string, ExternalChannel>>;
}

/** The `data` of an answer about a session. */
export interface SessionData {
  readonly sessionId: string;
  readonly process: Process;
  readonly results?: Session["results"];
  readonly paging?: Session["paging"];
  readonly warnings?: Session["warnings"];
  readonly channels?: unknown;
}

/** Whether a status is final. */
export function isFinal(status: SessionStatus): boolean {
  return status === "finished" || status === "failed" || status === "canceled";
}

export function sessionOf(data: SessionData): Session {
  return {
    id: data.sessionId,
    status: data.process.status,
    ended: isFinal(data.process.status),
    process: data.process,
    results: data.results ?? {},
    paging: data.paging ?? {},
    warnings: data.warnings ?? [],
    channels: externalChannels(data.channels),
  };
}

/** A result channel may be called `channels` where no client takes part: its items are no addresses. */
function externalChannels(channels: unknown): Session["channels"] {
  return channels && !Array.isArray(channels) ? (channels as Session["channels"]) : {};
}
