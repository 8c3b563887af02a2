using BlueEdge;
using TextEngines;

var builder = BlueEdgeApp.CreateBuilder(args);
builder.AddEngine<WordCountEngine>();
return await builder.RunAsync();
