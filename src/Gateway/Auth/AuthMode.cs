namespace BlueEdge.Gateway.Auth;

/// <summary>How callers of the API are told apart.</summary>
public enum AuthMode
{
    /// <summary>Not at all: whoever reaches the port may do everything.</summary>
    None,

    /// <summary>By API keys, each with a tenant and roles; and by tokens too, where an issuer is set (<c>BlueEdge:Auth:Oidc:Issuer</c>).</summary>
    Keys,

    /// <summary>By tokens of an issuer alone: there are no API keys.</summary>
    Oidc,
}
