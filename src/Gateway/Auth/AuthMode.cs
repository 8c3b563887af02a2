namespace BlueEdge.Gateway.Auth;

/// <summary>How callers of the API are told apart.</summary>
public enum AuthMode
{
    /// <summary>Not at all: whoever reaches the port may do everything.</summary>
    None,

    /// <summary>By API keys, each with a tenant and roles.</summary>
    Keys,
}
