namespace BlueEdge.Grains.Engines;

/// <summary>Names one engine instance: its engine, and the silo that it lives and dies with.</summary>
public readonly record struct EngineInstanceKey(string Engine, SiloAddress Silo)
{
    /// <summary>The grain key, and the instance's id towards users: engine id / silo.</summary>
    public override string ToString() => $"{Engine}/{Silo.ToParsableString()}";

    /// <summary>Reads a grain key.</summary>
    public static EngineInstanceKey Parse(string key) =>
        key.LastIndexOf('/') is > 0 and var slash
            ? new(key[..slash], SiloAddress.FromParsableString(key[(slash + 1)..]))
            : throw new BlueEdgeException($"'{key}' is no engine instance key: it wants the form engine/silo.");
}
