namespace BlueEdge.Gateway.Auth;

/// <summary>Who may call the API. Configured under <c>BlueEdge:Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>
    /// <see langword="null"/>, the default, serves this machine only: the process refuses to listen where others can reach it.
    /// <see cref="AuthMode.Keys"/> has callers name a key, <see cref="AuthMode.Oidc"/> a token. <see cref="AuthMode.None"/> says that a network or a proxy keeps strangers out.
    /// </summary>
    public AuthMode? Mode { get; set; }

    /// <summary>
    /// A key of an admin that is stored nowhere, with which the first keys are made: <c>be_</c> and 32 random bytes in base64url. None by default.
    /// </summary>
    public string? BootstrapKey { get; set; }

    /// <summary>Whether whoever reaches the API may do everything.</summary>
    internal bool IsOpen => !TakesKeys && Mode is not AuthMode.Oidc;

    /// <summary>Whether there are API keys.</summary>
    internal bool TakesKeys => Mode is AuthMode.Keys;
}
