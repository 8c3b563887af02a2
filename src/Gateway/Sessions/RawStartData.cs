using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Json;

namespace BlueEdge.Gateway.Sessions;

/// <summary>An item of <c>startData</c> as read: its channel's type may stand further on in the body.</summary>
/// <param name="Channel">The channel's name; empty where it was left out.</param>
/// <param name="Payload">The payload, or <see langword="null"/> where there is none.</param>
/// <param name="Envelope">What it says of itself beside the payload, or <see langword="null"/>.</param>
internal readonly record struct RawStartData(string Channel, RawValue? Payload, RawEnvelope? Envelope);
