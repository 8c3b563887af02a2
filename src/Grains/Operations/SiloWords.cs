using System.Globalization;
using System.Reflection;
using BlueEdge.Operations;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace BlueEdge.Grains.Operations;

/// <summary>What a silo tells the others of itself when it joins.</summary>
public static class SiloWords
{
    private const string Host = "blueedge.host";
    private const string Mode = "blueedge.mode";
    private const string Version = "blueedge.version";
    private const string StartedAt = "blueedge.started-at";
    private const string Channels = "blueedge.channels";

    /// <summary>Has the silo tell them; each silo calls it once.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="mode">What part it has, one of <see cref="SiloModeNames"/>.</param>
    /// <param name="channels">How items get from an engine host to others; <see langword="null"/> for every other silo.</param>
    public static ISiloBuilder TellOthers(this ISiloBuilder silo, string mode, string? channels = null) => silo.UseSiloMetadata(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Host] = Environment.MachineName,
        [Mode] = mode,
        [Version] = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        [StartedAt] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        [Channels] = channels ?? "",
    });

    /// <summary>What a member told.</summary>
    internal static SiloSnapshot Of(ClusterMember member, SiloMetadata metadata)
    {
        return new()
        {
            Silo = member.SiloAddress.ToParsableString(),
            Host = Word(Host),
            Mode = Word(Mode),
            Version = Word(Version),
            Channels = Word(Channels),
            StartedAt = DateTimeOffset.TryParse(Word(StartedAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null,
            IsActive = member.Status is SiloStatus.Active,
        };

        string? Word(string key) => metadata.Metadata.GetValueOrDefault(key) is { Length: > 0 } word ? word : null;
    }
}
