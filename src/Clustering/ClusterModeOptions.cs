using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Clustering;

/// <summary>
/// Which cluster a process belongs to, and how others reach it there. Configured under <c>BlueEdge:Cluster</c>, but for the
/// Redis, which is <c>BlueEdge:Redis</c>.
/// </summary>
public sealed class ClusterModeOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Cluster";

    /// <summary>The setting of the Redis.</summary>
    public const string RedisSetting = "BlueEdge:Redis";

    /// <summary>The cluster's Redis, as a StackExchange.Redis connection string; <c>127.0.0.1:6379</c> by default.</summary>
    public string Redis { get; set; } = "127.0.0.1:6379";

    /// <summary>Processes with the same id find each other; <c>blueedge</c> by default.</summary>
    [Required]
    public string Id { get; set; } = "blueedge";

    /// <summary>Names the cluster's data; it stays the same for their lifetime. <c>blueedge</c> by default.</summary>
    [Required]
    public string ServiceId { get; set; } = "blueedge";

    /// <summary>The IP address at which other processes reach this silo; <see langword="null"/>, the default, takes the machine's first.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>The port on which silos speak to this one; 11111 by default.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port on which gateways and other clients speak to a core silo; 30000 by default.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// How long a silo has to answer a probe; 1 s by default. One that misses three in a row is declared dead. A longer time
    /// forgives longer pauses, and notices a death later.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AdvertisedAddress is { } address && !System.Net.IPAddress.TryParse(address, out _))
        {
            yield return new($"'{address}' is no IP address: set {Section}:AdvertisedAddress to the one at which other silos reach this process.", [nameof(AdvertisedAddress)]);
        }

        if (ClusterRedis.FindFault(Redis) is { } fault)
        {
            yield return new($"{RedisSetting} is no connection string of a Redis, for example redis:6379,password=secret: {fault}", [nameof(Redis)]);
        }
    }
}
