namespace BlueEdge.Sessions;

/// <summary>Whether clients take part in a channel while its session runs, and at which end.</summary>
[GenerateSerializer, Alias("blueedge.external-direction")]
public enum ExternalDirection
{
    /// <summary>They do not: engines write it, or start data.</summary>
    None,

    /// <summary>Clients write it, and no engine does.</summary>
    In,

    /// <summary>Clients listen to it.</summary>
    Out,
}
