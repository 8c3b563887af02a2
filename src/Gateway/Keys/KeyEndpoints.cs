using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Keys;

/// <summary>The keys by which callers are told apart.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/keys").WithTags("Keys");
        keys.MapPost("/", static (HttpContext http, KeyAdministration keys) => keys.MakeAsync(http))
            .For(Access.Administer)
            .WithName("makeKey")
            .WithSummary("Make an API key")
            .WithDescription(
                "The answer has the key, which is told this once and kept nowhere: what is stored is its hash. A call whose answer was lost has made a key that nobody knows; it is in the list, and can be revoked. "
                + "409 where callers are not told apart, and beyond 1,000 keys.")
            .WithBody<KeyRequest>(Examples.Key)
            .Produces<KeyResponse>(StatusCodes.Status201Created)
            .ProducesErrors(400, 408, 409, 413, 415, 503);
        keys.MapGet("/", static (HttpContext http, KeyAdministration keys) => keys.ListAsync(http))
            .For(Access.Administer)
            .WithName("listKeys")
            .WithSummary("List the API keys")
            .WithDescription("Keys of all tenants, without the keys themselves: their names, tenants, roles, and when they expire and were last used. 409 where callers are not told apart.")
            .Produces<KeysResponse>()
            .ProducesErrors(409, 503);
        keys.MapDelete("/{id}", static (string id, KeyAdministration keys) => keys.RevokeAsync(id))
            .For(Access.Administer)
            .WithName("revokeKey")
            .WithSummary("Revoke an API key")
            .WithDescription("This gateway refuses it from the answer on, all others within 30 seconds, mostly at once. What is open with it, such as sockets, streams and waits, ends. 409 where callers are not told apart.")
            .Produces<KeyRevokedResponse>()
            .ProducesErrors(404, 409, 503);
    }
}
