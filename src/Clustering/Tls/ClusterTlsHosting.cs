using System.Net.Security;
using BlueEdge.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace BlueEdge.Clustering.Tls;

/// <summary>Has the processes of a cluster speak TLS to each other where <see cref="ClusterTlsOptions"/> say so.</summary>
public static class ClusterTlsHosting
{
    /// <summary>Has a silo show its certificate, to silos and clients, and want theirs.</summary>
    public static ISiloBuilder UseClusterTls(this ISiloBuilder silo)
    {
        silo.Services.AddClusterTls().Configure(tls => tls.IsServer = true);
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<IOptions<ClusterTlsOptions>, ClusterCertificates>((connections, tls, certificates) =>
        {
            if (!tls.Value.IsOn)
            {
                return;
            }

            connections.ConfigureSiloInboundConnection(connection => connection.UseServerTls(Server(certificates, wantsCertificate: true)));
            connections.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(Client(certificates)));
            connections.ConfigureGatewayInboundConnection(connection => connection.UseServerTls(Server(certificates, tls.Value.RequireClientCertificate)));
        });
        return silo;
    }

    /// <summary>Has a client connect only to silos with a certificate of the authority, and show its own if it has one.</summary>
    public static IClientBuilder UseClusterTls(this IClientBuilder client)
    {
        client.Services.AddClusterTls();
        client.Services.AddOptions<ClientConnectionOptions>().Configure<IOptions<ClusterTlsOptions>, ClusterCertificates>((connections, tls, certificates) =>
        {
            if (tls.Value.IsOn)
            {
                connections.ConfigureConnection(connection => connection.UseClientTls(Client(certificates)));
            }
        });
        return client;
    }

    private static OptionsBuilder<ClusterTlsOptions> AddClusterTls(this IServiceCollection services)
    {
        services.AddSingleton<ClusterCertificates>();
        return services.AddSettings<ClusterTlsOptions>(ClusterTlsOptions.Section);
    }

    private static TlsOptions Server(ClusterCertificates certificates, bool wantsCertificate) => new()
    {
        RemoteCertificateMode = wantsCertificate ? RemoteCertificateMode.RequireCertificate : RemoteCertificateMode.NoCertificate,

        // Has to be there, and cannot show what is between a certificate and its authority, as what follows does.
        LocalServerCertificateSelector = (_, _) => null!,
        OnAuthenticateAsServer = (_, server) =>
        {
            var current = certificates.Current;
            server.ServerCertificateSelectionCallback = null;
            var settings = (SslServerAuthenticationOptions)server.SslServerAuthenticationOptions;
            settings.ServerCertificateContext = current.Own;
            settings.CertificateChainPolicy = current.ClientsPolicy;
        },
    };

    private static TlsOptions Client(ClusterCertificates certificates) => new()
    {
        // Silos are found by their addresses, which change, and so their certificates are of no names that could be compared.
        RemoteCertificateValidation = (_, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) is SslPolicyErrors.None,
        OnAuthenticateAsClient = (_, client) =>
        {
            var current = certificates.Current;
            var settings = (SslClientAuthenticationOptions)client.SslClientAuthenticationOptions;
            settings.ClientCertificateContext = current.Own;
            settings.CertificateChainPolicy = current.ServersPolicy;
        },
    };
}
