using System.Collections.Immutable;
using System.Globalization;
using BlueEdge.Gateway.Http;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>
/// Where a body could not be read, and so what is not to be said again in other words. All else is said: a type that cannot
/// be read hides no name beside it.
/// </summary>
internal sealed class FaultPlaces
{
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);

    // Lists of which not every name is known.
    private readonly HashSet<string> _partly = new(StringComparer.Ordinal);

    public FaultPlaces(ImmutableArray<Fault> faults)
    {
        foreach (var fault in faults)
        {
            if (fault.Code is FaultCodes.TooLarge)
            {
                // What was read of it is as good as ever.
                _partly.Add(fault.Pointer);
                continue;
            }

            _unread.Add(fault.Pointer);
            if (ListWithoutName(fault.Pointer) is { } list)
            {
                _partly.Add(list);
            }

            for (var parent = Parent(fault.Pointer); parent is not null && _above.Add(parent);)
            {
                parent = Parent(parent);
            }
        }
    }

    /// <summary>Whether an error only follows from what could not be read.</summary>
    public bool Explain(ErrorItem error)
    {
        for (var place = error.Pointer; place is not null; place = Parent(place))
        {
            if (_unread.Contains(place))
            {
                return true;
            }
        }

        return error.Code switch
        {
            FaultCodes.RequiredInputNotLinked => _partly.Contains(error.Pointer),
            FaultCodes.Required => _above.Contains(error.Pointer),
            FaultCodes.UnknownChannel => _partly.Contains("/dataChannels") || _unread.Contains("/dataChannels") || _unread.Contains("/outputs"),
            FaultCodes.NotExternalInput => _unread.Contains($"{Parent(error.Pointer)}/external"),
            FaultCodes.ChannelNotLinked => Touched("/engines"),
            FaultCodes.ChannelNotInterested => Touched("/dataChannels") || Touched("/outputs"),
            _ => false,
        };
    }

    private bool Touched(string place) => _unread.Contains(place) || _above.Contains(place);

    /// <summary>The list of an item that lacks its name: the item is none, or its name is none.</summary>
    private static string? ListWithoutName(string pointer)
    {
        var item = pointer.EndsWith("/name", StringComparison.Ordinal) ? pointer[..^"/name".Length] : pointer;
        return Parent(item) is { } list && int.TryParse(item.AsSpan(list.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? list
            : null;
    }

    private static string? Parent(string pointer) =>
        pointer.LastIndexOf('/') is >= 0 and var slash ? pointer[..slash] : null;
}
