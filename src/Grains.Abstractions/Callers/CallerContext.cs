namespace BlueEdge.Callers;

/// <summary>
/// How a caller travels: with Orleans' request context, from call to call. The default tenant puts nothing there, which is also what
/// calls of former builds bring.
/// </summary>
public static class CallerContext
{
    /// <summary>On the wire: it never changes.</summary>
    private const string TenantKey = "blueedge.tenant";

    /// <summary>Who calls; see <see cref="Caller.Current"/>.</summary>
    public static Caller Current => Caller.Of(RequestContext.Get(TenantKey) as string);

    /// <summary>Has the rest of an async method, and all that it calls, be on behalf of a caller; whoever called it is not touched.</summary>
    public static void Enter(Caller caller)
    {
        if (caller.NamedTenant is { } tenant)
        {
            RequestContext.Set(TenantKey, tenant);
        }
        else if (RequestContext.Get(TenantKey) is not null)
        {
            RequestContext.Remove(TenantKey);
        }
    }

    /// <summary>
    /// Who calls; from there on the async method that asks is on nobody's behalf, so that what it begins, which outlasts the call, does
    /// not depend on who happened to come by.
    /// </summary>
    public static Caller Take()
    {
        var caller = Current;
        Enter(Caller.Default);
        return caller;
    }
}
