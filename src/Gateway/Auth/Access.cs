namespace BlueEdge.Gateway.Auth;

/// <summary>What a route is for: the name of the policy that says who may call it.</summary>
internal enum Access
{
    /// <summary>Reads what is the tenant's.</summary>
    Read,

    /// <summary>Adds to what is the tenant's.</summary>
    Submit,

    /// <summary>Interferes with what runs, or looks at the system as a whole.</summary>
    Operate,

    /// <summary>Says who may do what, or changes what all tenants have.</summary>
    Administer,

    /// <summary>The dashboard, which shows the state of all tenants' grains.</summary>
    Dashboard,
}
