namespace BlueEdge.Bench.Parcels;

/// <summary>
/// The engines of one of two hosts, each with the host's side in its id, such as <c>write-near</c>: so a session says which
/// channels lead from host to host.
/// </summary>
internal static class ParcelEngines
{
    public static ISiloBuilder AddParcelEngines(this ISiloBuilder silo, string side) => silo
        .AddEngine<WriteEngine>(engine => engine.WithId($"write-{side}"))
        .AddEngine<PassEngine>(engine => engine.WithId($"pass-{side}"))
        .AddEngine<ReadEngine>(engine => engine.WithId($"read-{side}"));
}
