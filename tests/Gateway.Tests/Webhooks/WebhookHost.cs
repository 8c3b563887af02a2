using System.Security.Cryptography;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Webhooks;

/// <summary>The real host, which may call this machine, has secrets, and tries again soon.</summary>
public sealed class WebhookHost : IAsyncLifetime
{
    private readonly SiloHost _host = new()
    {
        Settings =
        {
            // However busy the machine is.
            ["BlueEdge__Gateway__CallTimeout"] = "00:00:30",
            ["BlueEdge__Outbound__Allow"] = "127.0.0.1",
            ["BlueEdge__Outbound__Timeout"] = "00:00:05",
            ["BlueEdge__Webhooks__Secret"] = Secret,
            ["BlueEdge__Webhooks__Secrets__crm"] = CrmSecret,
            ["BlueEdge__Webhooks__Retries"] = "01:00:00",
            ["BlueEdge__Webhooks__CallsPerAddress"] = "2",
        },
    };

    public static string Secret { get; } = NewSecret();

    public static string CrmSecret { get; } = NewSecret();

    public HttpClient Http => _host.Http;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static string NewSecret() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
}
