using BlueEdge;
using BlueEdge.Silo.Embedded;

var builder = WebApplication.CreateBuilder(args);
try
{
    await builder.UseEmbeddedStoreAsync();
}
catch (BlueEdgeException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}

var app = builder.Build();
await app.RunAsync();
return 0;
