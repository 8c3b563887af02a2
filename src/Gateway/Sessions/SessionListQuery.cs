using BlueEdge.Gateway.Http;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Reads which sessions to list.</summary>
internal static class SessionListQuery
{
    public static SessionQuery Read(QueryReader query)
    {
        var all = new SessionQuery();
        return all with
        {
            Status = query.OneOf("status", SessionStatusNames.All) is { } status ? SessionStatusNames.Parse(status) : null,
            Engine = query.Text("engine"),
            Limit = (int)(query.Integer("limit", 1, SessionQuery.LargestLimit) ?? all.Limit),
            Cursor = query.Text("cursor", SessionCursors.IsValid, "is no cursor: pass on data.nextCursor of the page before, or none"),
        };
    }
}
