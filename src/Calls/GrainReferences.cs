namespace BlueEdge.Calls;

/// <summary>
/// References to grains. Orleans' generic ways read the interface's attributes by reflection at every call; these do so once.
/// </summary>
public static class GrainReferences
{
    /// <summary>The grain of a key; what Orleans throws while no silo hosts such grains is thrown here too.</summary>
    public static TInterface Find<TInterface>(this IGrainFactory grains, string key)
        where TInterface : class, IGrainWithStringKey
    {
        if (Known<TInterface>.Kind is not { } kind)
        {
            return Learn(grains.GetGrain<TInterface>(key));
        }

        return (TInterface)grains.GetGrain(GrainId.Create(kind.Grain, key), kind.Interface);
    }

    /// <summary>The grain of an id, which says its class too.</summary>
    public static TInterface Find<TInterface>(this IGrainFactory grains, GrainId id)
        where TInterface : class, IAddressable
    {
        if (Known<TInterface>.Kind is not { } kind)
        {
            return Learn(grains.GetGrain<TInterface>(id));
        }

        return (TInterface)grains.GetGrain(id, kind.Interface);
    }

    private static TInterface Learn<TInterface>(TInterface reference)
        where TInterface : class, IAddressable
    {
        // Tests have stand-ins that are none.
        if (reference is GrainReference known)
        {
            Known<TInterface>.Kind = new(known.GrainId.Type, known.InterfaceType);
        }

        return reference;
    }

    private static class Known<TInterface>
    {
        public static volatile GrainKind? Kind;
    }

    private sealed record GrainKind(GrainType Grain, GrainInterfaceType Interface);
}
