using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>What the engine of one node warned of in one attempt: the first of it, and how much more, so that it stays small.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.node-warnings")]
public sealed record NodeWarnings
{
    /// <summary>How many of a node are kept.</summary>
    public const int MostOfNode = 20;

    /// <summary>How many of a session are kept, since it can have a thousand nodes.</summary>
    public const int MostOfSession = 200;

    private const int CodeBytes = 64;
    private const int MessageBytes = 1024;
    private const string Ellipsis = "…";

    /// <summary>No warnings.</summary>
    public static readonly NodeWarnings None = new();

    /// <summary>The first ones.</summary>
    [Id(0)]
    public ImmutableArray<SessionWarning> Kept { get; init; } = [];

    /// <summary>How many came besides.</summary>
    [Id(1)]
    public long More { get; init; }

    /// <summary>With one more, kept or counted.</summary>
    public NodeWarnings Add(string node, string? code, string? message) => Kept.Length >= MostOfNode
        ? this with { More = More + 1 }
        : this with
        {
            Kept = Kept.Add(new()
            {
                Code = string.IsNullOrWhiteSpace(code) ? WarningCodes.EngineWarning : Cut(code, CodeBytes),
                Message = string.IsNullOrWhiteSpace(message) ? "The engine warned, and gave no message." : Cut(message, MessageBytes),
                Node = node,
            }),
        };

    /// <summary>The same with at most so many kept.</summary>
    public NodeWarnings Limit(int most) =>
        Kept.Length <= most ? this : new() { Kept = Kept[..most], More = More + Kept.Length - most };

    /// <summary>All there is to tell.</summary>
    public IEnumerable<SessionWarning> Tell(string node) => More == 0
        ? Kept
        : Kept.Append(new()
        {
            Code = WarningCodes.MoreWarnings,
            Message = string.Create(CultureInfo.InvariantCulture, $"And {More} more {(More == 1 ? "warning" : "warnings")} of node '{node}'."),
            Node = node,
        });

    /// <summary>Cuts to so many bytes of UTF-8, between characters.</summary>
    private static string Cut(string text, int bytes)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length <= bytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var end = bytes - Encoding.UTF8.GetByteCount(Ellipsis);
        while ((utf8[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return Encoding.UTF8.GetString(utf8, 0, end) + Ellipsis;
    }
}
