using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>The payloads of a spec's start data, in their order.</summary>
internal static class StartDataPayloads
{
    public static ImmutableArray<Payload> Payloads(this SessionSpec spec) => [.. spec.StartData.Select(data => data.Payload)];

    /// <summary>The spec with these in their places.</summary>
    public static SessionSpec WithPayloads(this SessionSpec spec, ImmutableArray<Payload> payloads) =>
        spec with { StartData = [.. spec.StartData.Zip(payloads, (data, payload) => data with { Payload = payload })] };
}
