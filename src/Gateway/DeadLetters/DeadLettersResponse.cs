using System.Collections.Immutable;
using BlueEdge.DeadLetters;

namespace BlueEdge.Gateway.DeadLetters;

/// <summary>The envelope of a session's dead letters.</summary>
internal sealed record DeadLettersResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The items.</summary>
    public required DeadLettersData Data { get; init; }

    public static DeadLettersResponse From(ImmutableArray<DeadLetter> letters) =>
        new() { Data = new() { DeadLetters = [.. letters.Select(DeadLetterResponse.From)] } };
}
