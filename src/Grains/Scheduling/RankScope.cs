namespace BlueEdge.Grains.Scheduling;

/// <summary>Among which sessions ranks are compared.</summary>
public enum RankScope
{
    /// <summary>Among those of one tenant: a tenant's rank gives it nothing that is due to another.</summary>
    Tenant,

    /// <summary>Among all: tenants share what is left to sessions of equal rank.</summary>
    Global,
}
