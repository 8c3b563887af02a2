using BlueEdge.Callers;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Http;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>Which events of all sessions one listener is told: never those of another tenant.</summary>
internal sealed record SessionFilter(Caller Caller)
{
    /// <summary>Only what happens to sessions that are in this status then; all of them where it is <see langword="null"/>.</summary>
    public SessionStatus? Status { get; init; }

    /// <summary>Only sessions with a node of this engine; all where it is <see langword="null"/>.</summary>
    public string? Engine { get; init; }

    public static SessionFilter Read(HttpContext http, QueryReader query) => new(RequestCaller.Of(http))
    {
        Status = query.OneOf("status", SessionStatusNames.All) is { } status ? SessionStatusNames.Parse(status) : null,
        Engine = query.Text("engine"),
    };

    /// <summary>Those that it lets through.</summary>
    public IEnumerable<SessionEvent> Select(SessionNews news)
    {
        if (!string.Equals(news.Tenant, Caller.NamedTenant, StringComparison.Ordinal) || (Engine is not null && !news.Engines.Contains(Engine, StringComparer.Ordinal)))
        {
            yield break;
        }

        var status = news.Status;
        foreach (var one in news.Events)
        {
            status = one.Status ?? status;
            if (Status is null || Status == status)
            {
                yield return one;
            }
        }
    }
}
