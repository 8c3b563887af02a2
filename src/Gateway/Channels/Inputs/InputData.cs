using BlueEdge.Channels.Inputs;

namespace BlueEdge.Gateway.Channels.Inputs;

/// <summary>How who writes to a channel goes on.</summary>
internal sealed record InputData
{
    /// <summary>The number of the item that this writer writes next; left out for one without a name.</summary>
    public long? NextSequence { get; init; }

    /// <summary>How many items the channel has room for now; at 0 the next call may be told to come again.</summary>
    public required int CreditItems { get; init; }

    /// <summary>How many bytes it has room for now.</summary>
    public required long CreditBytes { get; init; }

    /// <summary>Whether this call, sent again, is recognised: not without <c>writer</c> and <c>sequence</c>.</summary>
    public required bool RecognisesRepeats { get; init; }

    public static InputData From(InputReply reply, string? writer) => new()
    {
        NextSequence = writer is null ? null : reply.NextSequence,
        CreditItems = reply.CreditItems,
        CreditBytes = reply.CreditBytes,
        RecognisesRepeats = writer is not null,
    };
}
