using System.Net;
using BlueEdge.Callers;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Every route of the API, with every kind of key and with none. A route that is new fails here until it is written down who may call it.</summary>
public sealed class RouteTableTests
{
    private static readonly CallerRole[] Readers = [CallerRole.Viewer, CallerRole.Submitter, CallerRole.Operator, CallerRole.Admin];
    private static readonly CallerRole[] Submitters = [CallerRole.Submitter, CallerRole.Admin];
    private static readonly CallerRole[] Operators = [CallerRole.Operator, CallerRole.Admin];
    private static readonly CallerRole[] Admins = [CallerRole.Admin];

    private static readonly Dictionary<string, CallerRole[]> Table = new(StringComparer.Ordinal)
    {
        ["processWorkflow"] = Submitters,
        ["getWorkflow"] = Readers,
        ["stopWorkflow"] = Operators,
        ["getWorkflowResult"] = Readers,
        ["processSingleEngine"] = Submitters,
        ["getSingleEngine"] = Readers,
        ["stopSingleEngine"] = Operators,
        ["getSingleEngineResult"] = Readers,
        ["validateSession"] = Submitters,
        ["listSessions"] = Readers,
        ["getDeadLetters"] = Readers,
        ["getSessionEvents"] = Readers,
        ["listenToSessions"] = Readers,
        ["listenToChannel"] = Readers,
        ["getChannelItem"] = Readers,
        ["getWebhooks"] = Readers,
        ["redeliverEvent"] = Operators,
        ["testWebhook"] = Submitters,
        ["getNode"] = Readers,
        ["stopNode"] = Operators,
        ["writeItems"] = Submitters,
        ["endChannel"] = Submitters,
        ["openSocket"] = Submitters,
        ["listEngines"] = Readers,
        ["getEngine"] = Readers,
        ["putEngine"] = Admins,
        ["deleteEngine"] = Admins,
        ["readSystem"] = Operators,
        ["uploadBlob"] = Submitters,
        ["getBlob"] = Readers,
        ["deleteBlob"] = Submitters,
        ["makeKey"] = Admins,
        ["listKeys"] = Admins,
        ["revokeKey"] = Admins,
        ["readAudit"] = Admins,
    };

    [Fact]
    public async Task It_is_written_down_of_every_operation_who_may_call_it()
    {
        await using var guarded = await Guarded.StartAsync();

        var operations = await guarded.OperationsAsync();

        Assert.Equal(Table.Keys.Order(StringComparer.Ordinal), operations.Select(operation => operation.Id).Order(StringComparer.Ordinal));
        Assert.All(operations, operation => Assert.Equal(Table[operation.Id].Select(RoleNames.Of), operation.Roles));
    }

    [Fact]
    public async Task Every_operation_lets_in_who_may_and_nobody_else()
    {
        await using var guarded = await Guarded.StartAsync();
        List<(string Who, string? Key, CallerRole? Role)> callers =
        [
            ("nobody", null, null),
            ("a key that is none", "be_canary", null),
            ("a key that never was", Guarded.Text(), null),
            ("a key that has expired", await guarded.AddAsync(id: "key-expired", expiresAt: guarded.Grains.Time.GetUtcNow() - TimeSpan.FromSeconds(1)), null),
            ("a key that was revoked", await guarded.AddAsync(id: "key-revoked"), null),
            ("the bootstrap key", Guarded.Bootstrap, CallerRole.Admin),
        ];
        await guarded.Grains.Keys.RevokeAsync("key-revoked", TestContext.Current.CancellationToken);
        foreach (var role in Readers)
        {
            callers.Add(($"a key of the role {role}", await guarded.AddAsync(role, id: $"key-{role}"), role));
        }

        foreach (var operation in await guarded.OperationsAsync())
        {
            foreach (var (who, key, role) in callers)
            {
                using var response = await guarded.SendAsync(operation.Method, operation.Path(), key);
                var (status, wanted) = (response.StatusCode, role is null ? HttpStatusCode.Unauthorized : Table[operation.Id].Contains(role.Value) ? default(HttpStatusCode?) : HttpStatusCode.Forbidden);
                Assert.True(
                    wanted is { } no ? status == no : status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests),
                    $"{operation.Method} {operation.Route} answers {(int)status} to {who}.");
                if (wanted is not null)
                {
                    await Answer.OfAsync(response);
                    Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
                }
            }
        }
    }

    [Fact]
    public async Task Every_route_that_is_mapped_says_who_may_call_it()
    {
        await using var guarded = await Guarded.StartAsync();

        var open = guarded.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAuthorizeData>() is null && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => route.RoutePattern.RawText);

        Assert.Equal(["/broken"], open);
    }

    [Fact]
    public async Task What_says_nothing_is_refused_to_everybody()
    {
        await using var guarded = await Guarded.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(HttpMethod.Get, "/broken", key: null));
        Assert.Equal(HttpStatusCode.Forbidden, await guarded.StatusAsync(HttpMethod.Get, "/broken", Guarded.Bootstrap));
    }

    [Theory]
    [InlineData("GET", "nothing", HttpStatusCode.NotFound)]
    [InlineData("PUT", "sessions", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", "sessions", HttpStatusCode.NoContent)]
    [InlineData("HEAD", "engines", HttpStatusCode.OK)]
    public async Task Where_there_is_no_route_only_who_is_known_is_told_so(string method, string path, HttpStatusCode status)
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync(CallerRole.Viewer);

        Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(new(method), path, key: null));
        Assert.Equal(status, await guarded.StatusAsync(new(method), path, key));
    }

    [Theory, InlineData("/docs/"), InlineData("/openapi/v1.json"), InlineData("/asyncapi/v1.json")]
    public async Task What_describes_the_API_is_there_for_everybody(string path)
    {
        await using var guarded = await Guarded.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, path, key: null));
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, path, "be_canary"));
    }
}
