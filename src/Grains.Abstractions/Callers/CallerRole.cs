namespace BlueEdge.Callers;

/// <summary>What a caller may do. Each may read what is the tenant's.</summary>
[GenerateSerializer, Alias("blueedge.caller-role")]
public enum CallerRole
{
    /// <summary>Reads, listens and lists.</summary>
    Viewer = 0,

    /// <summary>Submits sessions too, writes their channels, and uploads.</summary>
    Submitter = 1,

    /// <summary>Stops sessions too, sends webhooks again, and sees how the system fares.</summary>
    Operator = 2,

    /// <summary>May do everything, for all tenants: keys and the registration of engines too.</summary>
    Admin = 3,
}
