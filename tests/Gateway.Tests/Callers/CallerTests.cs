using System.Collections.Concurrent;
using System.Net;
using BlueEdge.Callers;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Callers;

public sealed class CallerTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":1}},"waitTimeSecond":0.1}""";

    [Theory, InlineData("blue"), InlineData(null)]
    public async Task Every_call_for_a_request_is_on_behalf_of_who_sent_it(string? tenant)
    {
        await using var gateway = await StartAsync(tenant);
        ConcurrentQueue<(string Call, string Tenant)> calls = [];
        gateway.Grains.Trouble = call =>
        {
            calls.Enqueue((call, Caller.Current.Tenant));
            return Task.CompletedTask;
        };

        var id = (await gateway.Http.SubmitAsync("process-single-engine", Hello)).SessionId;
        await gateway.Http.ReadAsync($"process-workflow/{id}?waitTimeSecond=0.1");
        await gateway.Http.SubmitAsync($"process-workflow/{id}/stop", "");
        await gateway.Http.ReadAsync($"process-workflow/{id}/results/a/0");
        await gateway.Http.ReadAsync($"sessions/{id}/events");
        await gateway.Http.ReadAsync("sessions");

        Assert.Superset(new HashSet<string>(["SubmitAsync", "FindAsync", "WaitAsync", "StopAsync", "ReadResultsAsync", "FollowEventsAsync"], StringComparer.Ordinal), calls.Select(call => call.Call).ToHashSet(StringComparer.Ordinal));
        Assert.All(calls, call => Assert.Equal(tenant ?? Caller.DefaultTenant, call.Tenant));
    }

    [Fact]
    public async Task The_same_idempotency_key_of_two_tenants_names_two_sessions()
    {
        await using var gateway = await StartAsync(tenant: null);
        HashSet<string?> ids = new(StringComparer.Ordinal);

        foreach (var tenant in (string?[])[null, "blue", "red", "default"])
        {
            gateway.Http.DefaultRequestHeaders.Remove(CallerStartupFilter.Header);
            if (tenant is not null)
            {
                gateway.Http.DefaultRequestHeaders.Add(CallerStartupFilter.Header, tenant);
            }

            var answer = await gateway.Http.SubmitAsync("process-single-engine", Hello, "key");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            ids.Add(answer.SessionId);
        }

        Assert.Equal(3, ids.Count);
        Assert.Contains(SessionIds.FromIdempotencyKey("process-single-engine\nkey"), ids);
    }

    private static async Task<StubGateway> StartAsync(string? tenant)
    {
        var gateway = await StubGateway.StartAsync(services: services => services.AddSingleton<IStartupFilter, CallerStartupFilter>());
        if (tenant is not null)
        {
            gateway.Http.DefaultRequestHeaders.Add(CallerStartupFilter.Header, tenant);
        }

        return gateway;
    }
}
