using System.Net;
using BlueEdge.Cluster.Tests.Hosts;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Silo.Tests.Settings;

namespace BlueEdge.Cluster.Tests.Tls;

/// <summary>Only who has a certificate of the cluster's authority speaks to its processes.</summary>
public sealed class TlsTests(TlsCluster cluster) : IClassFixture<TlsCluster>
{
    private const string Silo = "silo-1";

    /// <summary>What Orleans says where no silo answers.</summary>
    private const string Unheard = "Failed to get ping responses from";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_session_runs_from_a_gateway_over_a_core_silo_on_an_engine_host()
    {
        var id = await cluster.First.StartDelayAsync(seconds: 0.01);

        var ended = await cluster.First.WaitForEndAsync(id, Patience);

        Assert.Equal("finished", ended.GetProperty("process").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_client_with_a_certificate_of_the_authority_is_taken() =>
        Assert.True(await Attempt.IsTakenAsync(cluster.ClientSettings, TlsCluster.SettingsOf(cluster.Authority, "client")));

    [Fact]
    public async Task A_client_without_TLS_is_refused() => Assert.False(await Attempt.IsTakenAsync(cluster.ClientSettings));

    [Fact]
    public async Task A_client_with_a_certificate_of_another_authority_is_refused_by_the_silo()
    {
        using TestAuthority stranger = new();
        var (certificate, key, _) = stranger.Issue("client");

        // It trusts the silo, and would itself not find that its certificate is another's.
        var both = cluster.Authority.Write("both.crt", string.Concat(await ReadAsync(cluster.Authority.Authority), await ReadAsync(stranger.Authority)));

        Assert.False(await Attempt.IsTakenAsync(cluster.ClientSettings, Tls(both, certificate, key)));
    }

    [Fact]
    public async Task A_client_that_trusts_another_authority_refuses_the_silo()
    {
        var (certificate, key, _) = cluster.Authority.Issue("client");
        using TestAuthority other = new();
        var own = other.Issue("client");

        Assert.False(await Attempt.IsTakenAsync(cluster.ClientSettings, Tls(other.Authority, own.Certificate, own.Key)));
        Assert.True(await Attempt.IsTakenAsync(cluster.ClientSettings, Tls(cluster.Authority.Authority, certificate, key)));
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused_unless_the_silo_says_that_it_needs_none()
    {
        Dictionary<string, string> settings = new() { ["BlueEdge__Cluster__Tls__Authority"] = cluster.Authority.Authority };
        Assert.False(await Attempt.IsTakenAsync(cluster.ClientSettings, settings));

        await using ModeProcess open = new(cluster, "Cluster", [.. TlsCluster.SettingsOf(cluster.Authority, "open"), new("BlueEdge__Cluster__Tls__RequireClientCertificate", "false")]);
        await open.UntilReadyAsync(Patience);

        // It tries one gateway after the other.
        Assert.True(await Attempt.IsTakenAsync(cluster.ClientSettings, settings) || await Attempt.IsTakenAsync(cluster.ClientSettings, settings));
        Assert.Equal(0, await open.StopAsync());
    }

    [Fact]
    public async Task An_engine_host_without_TLS_or_of_another_authority_does_not_become_a_part()
    {
        using TestAuthority stranger = new();
        await using ModeProcess plain = new(cluster, "Host");
        await using ModeProcess other = new(cluster, "Host", [.. TlsCluster.SettingsOf(stranger, "host")]);

        await plain.UntilSaidAsync(Unheard, Patience);
        await other.UntilSaidAsync(Unheard, Patience);

        Assert.Equal(HttpStatusCode.OK, await cluster.GetStatusAsync(Silo, "health/ready"));
        Assert.NotEmpty(await cluster.First.StartDelayAsync(seconds: 0.01));
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_from_the_next_connection_on()
    {
        var before = await Handshake.SerialAsync(cluster.SiloPortOf(Silo), cluster.Authority.Authority);
        var serial = cluster.Renew();

        Assert.Equal(serial, await Handshake.SerialAsync(cluster.SiloPortOf(Silo), cluster.Authority.Authority));
        Assert.NotEqual(before, serial);
        Assert.True(await Attempt.IsTakenAsync(cluster.ClientSettings, TlsCluster.SettingsOf(cluster.Authority, "client")));
    }

    private static Dictionary<string, string> Tls(string authority, string certificate, string key) => new()
    {
        ["BlueEdge__Cluster__Tls__Authority"] = authority,
        ["BlueEdge__Cluster__Tls__Certificate"] = certificate,
        ["BlueEdge__Cluster__Tls__Key"] = key,
    };

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
}
