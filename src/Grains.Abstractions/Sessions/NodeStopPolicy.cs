namespace BlueEdge.Sessions;

/// <summary>What becomes of a session when a caller stops one of its nodes.</summary>
[GenerateSerializer, Alias("blueedge.node-stop-policy")]
public enum NodeStopPolicy
{
    /// <summary>It fails, and does not run again.</summary>
    Fail,

    /// <summary>It goes on without the node, whose readers get what it has written so far, in every attempt.</summary>
    Continue,
}
