namespace BlueEdge.Gateway.Auth;

/// <summary>How callers of the API are told apart.</summary>
public enum AuthMode
{
    /// <summary>Not at all: whoever reaches the port may do everything.</summary>
    None,
}
