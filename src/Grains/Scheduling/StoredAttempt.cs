using System.Collections.Immutable;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>What an attempt holds, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-attempt")]
public sealed record StoredAttempt
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The attempt's number; the first is 1.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>Whether all its engines were ready: it is processing.</summary>
    [Id(2)]
    public required bool Confirmed { get; init; }

    /// <summary>What it holds, by instance.</summary>
    [Id(3)]
    public required ImmutableArray<StoredLeases> Leases { get; init; }

    /// <summary>Whose session it is; null for the default tenant's.</summary>
    [Id(4)]
    public string? Tenant { get; init; }

    internal static StoredAttempt Of(Attempt attempt) => new()
    {
        SessionId = SessionKey.Unpack(attempt.Id),
        Epoch = attempt.Epoch,
        Confirmed = attempt.Confirmed,
        Tenant = attempt.Tenant.Named,
        Leases = [.. attempt.Groups.Select(group => new StoredLeases
        {
            Lease = new() { Engine = group.Engine.Id, Instance = group.InstanceId },
            Granted = group.Granted,
            Released = group.Released,
        })],
    };
}
