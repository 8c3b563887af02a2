using BlueEdge.Silo.Hosting;

return await SiloHost.RunAsync(args);
