using BlueEdge.Tool.CommandLine;

return await ToolProgram.RunAsync(args);
