using System.Collections.Immutable;
using BlueEdge.Gateway.Http;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Where a body could not be read, and so what is not to be said again in other words.</summary>
internal sealed class FaultPlaces
{
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);

    public FaultPlaces(ImmutableArray<Fault> faults)
    {
        foreach (var fault in faults)
        {
            _unread.Add(fault.Pointer);
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
            FaultCodes.RequiredInputNotLinked or FaultCodes.Required => _above.Contains(error.Pointer),
            FaultCodes.UnknownChannel or FaultCodes.ChannelNotInterested => Touched("/dataChannels") || Touched("/outputs"),
            _ => false,
        };
    }

    private bool Touched(string place) => _unread.Contains(place) || _above.Contains(place);

    private static string? Parent(string pointer) =>
        pointer.LastIndexOf('/') is >= 0 and var slash ? pointer[..slash] : null;
}
