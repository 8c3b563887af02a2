using BlueEdge;
using BlueEdge.Samples.Basics;

// An engine host with one sample engine of three slots: on Kubernetes each engine is scaled by itself.
const int Slots = 3;
var builder = EngineSilo.CreateBuilder(args);
switch (builder.Configuration["engine"])
{
    case "delay": builder.AddEngine<DelayEngine>(engine => engine.WithSlots(Slots)); break;
    case "relay": builder.AddEngine<RelayEngine>(engine => engine.WithSlots(Slots)); break;
    case "hello": builder.AddEngine<HelloEngine>(engine => engine.WithSlots(Slots)); break;
    case var other: throw new ArgumentException($"There is no engine '{other}': write --engine=delay, relay or hello.", nameof(args));
}

return await builder.RunAsync();
