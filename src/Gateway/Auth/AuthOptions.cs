namespace BlueEdge.Gateway.Auth;

/// <summary>Who may call the API. Configured under <c>BlueEdge:Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>
    /// <see langword="null"/>, the default, serves this machine only: the process refuses to listen where others can reach it.
    /// <see cref="AuthMode.None"/> says that a network or a proxy keeps strangers out.
    /// </summary>
    public AuthMode? Mode { get; set; }
}
